"""A database in a folder that a program copies to a cloud is warned of: it is copied while it is being written."""

import pytest

from anju_cli.reports.checks.doctor import synced_folder

COPIED = {
    r"C:\Users\张三\OneDrive\安居": "OneDrive",
    r"C:\Users\张三\OneDrive - 坪山区住房和建设局\台账": "OneDrive - 坪山区住房和建设局",
    "/home/zhang/OneDrive/anju": "OneDrive",
    r"D:\我的坚果云\台账": "我的坚果云",
    r"C:\Users\zhang\Nutstore Files\1": "Nutstore Files",
    "/home/zhang/.nutstore/db": ".nutstore",
    r"C:\Users\zhang\Documents\WPS云盘\anju": "WPS云盘",
    r"C:\Users\zhang\WPSDrive\12345\WPS云盘": "WPSDrive",
    r"D:\WPS Cloud Files\台账": "WPS Cloud Files",
    r"C:\Users\zhang\Dropbox (Office)\anju": "Dropbox (Office)",
    "/Users/zhang/Dropbox": "Dropbox",
    r"D:\百度网盘同步空间\台账": "百度网盘同步空间",
    r"D:\BaiduNetdiskWorkspace": "BaiduNetdiskWorkspace",
    r"D:\BaiduSyncdisk\anju": "BaiduSyncdisk",
    "/home/zhang/百度云同步盘": "百度云同步盘",
    "/Users/zhang/Library/Mobile Documents/com~apple~CloudDocs/anju": "com~apple~CloudDocs",
    r"\\Mac\Home\iCloud Drive\anju": "iCloud Drive",
    "/home/zhang/Google Drive/anju": "Google Drive",
    "/home/zhang/ＯｎｅＤｒｉｖｅ": "ＯｎｅＤｒｉｖｅ",
}
NOT_COPIED = [
    r"C:\Users\张三\Documents\台账",
    "/home/zhang/anju",
    r"D:\住房保障\2020",
    "/srv/one/drive",
    r"D:\百度\文库",
    "/",
]


@pytest.mark.parametrize(("folder", "named"), COPIED.items())
def test_a_folder_that_is_copied_to_a_cloud_is_known(folder, named):
    assert synced_folder(folder) == named


@pytest.mark.parametrize("folder", NOT_COPIED)
def test_any_other_is_not(folder):
    assert synced_folder(folder) is None


@pytest.mark.parametrize("name", ["OneDrive", "坚果云", "WPS云盘", "Dropbox", "百度网盘"])
def test_the_doctor_warns_of_it(anju, tmp_path, name):
    folder = tmp_path / name / "台账"
    folder.mkdir(parents=True)
    for db in (folder / "anju.db", folder / "later" / "anju.db"):
        rows = {row["check"]: row for row in anju(f"doctor --json --db {db}", code=None).json}
        assert (rows["synced"]["state"], rows["synced"]["found"]) == ("warn", name)
    plain = {row["check"] for row in anju(f"doctor --json --db {tmp_path / 'anju.db'}", code=None).json}
    assert "synced" not in plain


def test_a_link_into_such_a_folder_is_followed(anju, tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "plain").symlink_to(tmp_path / "Dropbox")
    rows = {row["check"]: row for row in anju(f"doctor --json --db {tmp_path / 'plain' / 'anju.db'}", code=None).json}
    assert rows["synced"]["found"] == "Dropbox"
