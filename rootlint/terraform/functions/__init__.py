"""The pure functions of Terraform, by kind."""
