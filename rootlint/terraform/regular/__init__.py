"""The regular expressions of Go, which Terraform uses: parsed and matched in linear time."""
