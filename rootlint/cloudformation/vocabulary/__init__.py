"""Resource types and properties of CloudFormation, as the model knows them, by service."""
