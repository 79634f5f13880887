from rootlint.source import SourceFile, Sources
from rootlint.terraform.calls import called_folders, calls

TEXT = """
module "a" {
  source = "./modules/a"
}
module "b" {
  source  = "acme/b/aws"
  version = "~> 1.0"
}
module "c" {
  source = "../shared"
}
module "d" {
  source = local.source
}
"""


def test_the_literal_sources_of_a_file() -> None:
    found = calls(SourceFile("main.tf", TEXT))
    assert found == ("./modules/a", "acme/b/aws", "../shared")


def test_the_folders_that_a_folder_calls() -> None:
    files = {
        "live/main.tf": TEXT,
        "live/modules/a/main.tf": "",
        "shared/main.tf": "",
        "live/.terraform/modules/modules.json": (
            '{"Modules": [{"Key": "b", "Dir": ".terraform/modules/b/modules/x"}]}'
        ),
        "live/.terraform/modules/b/modules/x/main.tf": "",
    }
    sources = Sources()
    folders: dict[str, tuple[str, ...]] = {}
    for path, text in files.items():
        sources.add(SourceFile(path, text))
        folder = path.rpartition("/")[0]
        folders[folder] = (*folders.get(folder, ()), path)
    assert called_folders("live", folders, sources) == (
        "live/modules/a",
        "live/.terraform/modules/b/modules/x",
        "shared",
    )


def test_a_broken_list_of_installed_modules_is_none() -> None:
    sources = Sources()
    sources.add(SourceFile("main.tf", TEXT))
    sources.add(SourceFile(".terraform/modules/modules.json", '{"Modules": [1, {"Key": 2}]'))
    folders = {".": ("main.tf",), ".terraform/modules": (".terraform/modules/modules.json",)}
    assert called_folders(".", folders, sources) == ()
