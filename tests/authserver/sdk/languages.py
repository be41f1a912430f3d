"""How a driver and the document's sample are started in each language."""
import os
import subprocess
import sys

SDK = os.path.dirname(os.path.abspath(__file__))


class Language:
    sample = None      # a file below samples/
    sample_uid = None  # the uid in it; else it asks getUid("username")

    def __init__(self, folder):
        self.folder = folder

    def run_sample(self, server, code):
        """What the sample prints, with an application's real data and `code` in the places of the document's."""
        with open(os.path.join(SDK, "samples", self.sample), encoding="utf-8") as file:
            text = file.read()
        for old, name in self.places.items():
            assert text.count(old) == 1, old
            text = text.replace(old, old.replace(old.strip("\"'$"), server.app[name]) if name in server.app else
                                old.replace(old.strip("'\""), code))
        path = os.path.join(self.folder, self.sample)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        environment = {**os.environ, "DUOYINSU_API": server.api, "DUOYINSU_CA_FILE": server.file("ca.pem"),
                       "PYTHONPATH": SDK, "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(self.command(path, server.app), env=environment, capture_output=True,
                              encoding="utf-8", timeout=60)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        return done.stdout


class Php(Language):
    sample, says_yes, says_no = "demo.php", "Authentication is successful!\n", "604\n"
    places = {"'864194'": "code"}

    def driver(self):
        return ["php", os.path.join(SDK, "drivers", "driver.php")]

    def command(self, path, app):
        # The document's sample has the application's data in variables; a prepended file sets them.
        with open(path + ".inc", "w") as file:
            file.write("<?php ")
            file.writelines("$%s = '%s';" % (name, app[name]) for name in ("app_id", "app_key", "auth_id"))
        return ["php", "-d", "include_path=" + SDK, "-d", "auto_prepend_file=" + path + ".inc", path]


class Python(Language):
    sample, sample_uid = "demo.py", "wangzhenfei"
    says_yes, says_no = "Authorized Result: 授权成功.\n", "Authorized Result: 用户不存在!\n"
    places = {'"app_id"': "app_id", '"app_key"': "app_key", '"auth_id"': "auth_id", "'572100'": "code"}

    def driver(self):
        return [sys.executable, os.path.join(SDK, "drivers", "driver.py")]

    def command(self, path, _):
        return [sys.executable, path]


class Java(Language):
    sample = "Demo.java"
    says_yes, says_no = "[success] 检验成功! 您的二维码如下:https://", "检验失败:用户不存在!\n"
    places = {'"ZGQOTdiMDNkNGVmNDAxO"': "app_id", '"TRjYzIxYIwOWYYT"': "app_key", '"xMzUyMIMUZGYYmV"': "auth_id",
              '"888666"': "code"}
    quick = ["-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Dfile.encoding=UTF-8"]

    def driver(self):
        self.compile(os.path.join(SDK, "com", "duoyinsu", "util", "DuoyinsuSubmit.java"),
                     os.path.join(SDK, "drivers", "Driver.java"))
        return ["java", *self.quick, "-cp", self.folder, "Driver"]

    def compile(self, *sources):
        subprocess.run(["javac", *("-J" + option for option in self.quick[:3]), "-Xlint:all", "-Werror", "-encoding",
                        "UTF-8", "-cp", self.folder, "-d", self.folder, *sources], check=True, timeout=120)

    def command(self, path, _):
        return ["java", *self.quick, "-cp", self.folder, path]  # compiles it in memory


class Cpp(Language):
    def __init__(self, folder, driver):
        super().__init__(folder)
        self.program = driver

    def driver(self):
        return [self.program]


LANGUAGES = {"php": Php, "python": Python, "java": Java, "c++": Cpp}
