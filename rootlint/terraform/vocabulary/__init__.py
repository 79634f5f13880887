"""Resource types and arguments of Terraform, as the model knows them, by service."""
