"""Measures how soon after a tap a question can be heard, how soon after another it is silent, and what
the sound costs while nothing is read. It says what it finds and fails for nothing.

usage: measure.py KEPU PACK [TAPS]   PACK: a folder whose questions for everyone on health can be heard

The sound device is a file (a plug-in of the sound library); what it is given first is what a
loudspeaker would play first, which reaches the file about 20 ms later, when the plug-in's buffer is
full. Starting a process for every tap is counted, too. Needs Xvfb and xdotool.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

SIZE = (1080, 1920)
STILL = 60  # seconds over which processor time is counted


class Kiosk:
    """The program on a virtual screen; with a sound device, or with none."""

    def __init__(self, kepu, pack, folder, sound):
        self.pictures = folder / "pictures"
        self.heard = folder / "heard"
        data = folder / "data"
        data.mkdir(parents=True)
        (data / "station.ron").write_text("(volume: 10, idle_seconds: 600, idle_patient_seconds: 600)")
        device = folder / "device"
        device.write_text(
            "pcm.none { type null }\n"
            f'pcm.!default {{ type file file "{self.heard}" format raw slave.pcm none }}\n'
            if sound
            else ""
        )
        screen = f"{SIZE[0]}x{SIZE[1]}"
        self.server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{screen}x24"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        display = ":" + self.server.stdout.readline().decode().strip()
        self.environment = {**os.environ, "DISPLAY": display, "ALSA_CONFIG_PATH": str(device)}
        self.environment.pop("WAYLAND_DISPLAY", None)
        self.program = subprocess.Popen(
            [kepu, "play", "--window", screen, "--seed", "7", "--data", data, "--packs", pack]
            + ["--shots", self.pictures],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.seen = set()

    def wait_for(self, name):
        while True:
            for path in sorted(self.pictures.glob("*.json")):
                if path not in self.seen:
                    self.seen.add(path)
                    screen = json.loads(path.read_text())
                    if screen["screen"] == name:
                        return screen
            assert self.program.poll() is None, "the program has ended"
            time.sleep(0.02)

    def point_at(self, screen, name):
        own = next(own for own in screen["controls"] if own["name"] == name)
        x, y = own["left"] + own["width"] / 2, own["top"] + own["height"] / 2
        subprocess.run(
            ["xdotool", "mousemove", str(round(x)), str(round(y))], env=self.environment, check=True
        )

    def click(self):
        """A finger's click, 0.1 s long; returns a moment just before it was lifted: what it takes to
        start a process counts."""
        subprocess.run(["xdotool", "mousedown", "1"], env=self.environment, check=True)
        time.sleep(0.1)
        at = time.monotonic()
        subprocess.run(["xdotool", "mouseup", "1"], env=self.environment, check=True)
        return at

    def tap(self, screen, name):
        self.point_at(screen, name)
        time.sleep(0.5)
        self.click()

    def to_question(self):
        screen = self.wait_for("attract")
        for control, following in [
            ("start", "audience"),
            ("audience-general", "topic"),
            ("topic-health", "question"),
        ]:
            self.tap(screen, control)
            screen = self.wait_for(following)
        return screen

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.program.pid}/stat").read_text().rsplit(")")[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def still(self):
        before = self.processor_seconds()
        time.sleep(STILL)
        return 100 * (self.processor_seconds() - before) / STILL

    def close(self):
        for process in (self.program, self.server):
            process.kill()
            process.wait()


def taps(kiosk, question, count):
    """Milliseconds from a tap to the first sample, and from the next to the last."""
    begun, ended = [], []
    kiosk.point_at(question, "hear")
    for _ in range(count):
        time.sleep(0.6)
        # The device is opened anew, and its file begins anew.
        os.truncate(kiosk.heard, 0)
        at = kiosk.click()
        while not kiosk.heard.stat().st_size:
            time.sleep(0.001)
        begun.append(1000 * (time.monotonic() - at))
        time.sleep(1)
        at = last = kiosk.click()
        size = -1
        while time.monotonic() < at + 0.5:
            if kiosk.heard.stat().st_size != size:
                size, last = kiosk.heard.stat().st_size, time.monotonic()
            time.sleep(0.001)
        ended.append(1000 * (last - at))
    return begun, ended


def main():
    kepu, pack = sys.argv[1:3]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    for sound in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            kiosk = Kiosk(kepu, pack, pathlib.Path(folder) / "station", sound)
            try:
                question = kiosk.to_question()
                if sound:
                    for what, times in zip(("to the first sample", "to silence"), taps(kiosk, question, count)):
                        print(
                            f"{what}: median {statistics.median(times):.0f} ms, "
                            f"worst {max(times):.0f} ms of {count}"
                        )
                time.sleep(5)
                device = "with" if sound else "without"
                print(f"a still question, {device} a device: {kiosk.still():.2f} % of a core")
            finally:
                kiosk.close()


main()
