"""A PostgreSQL of our own: a fresh cluster in a folder, reached by a socket there, gone at the end."""
import glob, os, shutil, subprocess, tempfile, time


class Postgres:
    def __init__(self):
        self.programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.folder = tempfile.mkdtemp(prefix="hufu-pg-")
        self.user = []
        if os.geteuid() == 0:  # it refuses to run as root
            shutil.chown(self.folder, "postgres", "postgres")
            self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.data = os.path.join(self.folder, "data")
        self.run("initdb", "-D", self.data, "-U", "hufu", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        self.start()
        self.run("createdb", "-h", self.folder, "-U", "hufu", "hufu")
        self.url = f"postgres:///hufu?host={self.folder}&user=hufu"

    def start(self):
        self.process = subprocess.Popen(
            [*self.user, f"{self.programs}/postgres", "-D", self.data, "-k", self.folder, "-c", "listen_addresses=",
             "-c", "fsync=off"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
        end = time.monotonic() + 30
        while subprocess.run([f"{self.programs}/pg_isready", "-q", "-h", self.folder]).returncode:
            assert self.process.poll() is None and time.monotonic() < end
            time.sleep(0.05)

    def stop(self):
        self.process.send_signal(2)  # SIGINT: ends the connections, too
        self.process.wait(timeout=30)

    def run(self, program, *arguments):
        done = subprocess.run([*self.user, f"{self.programs}/{program}", *arguments], capture_output=True, text=True,
                              cwd="/")
        assert done.returncode == 0, done.stderr
        return done.stdout

    def query(self, statement):
        return self.run("psql", "-h", self.folder, "-U", "hufu", "-At", "-c", statement, "hufu").strip()

    def close(self):
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder)
