"""A film of a code that a person moves in front of a camera."""

import math
import subprocess

import cv2
import numpy

SIZE = (1280, 720)
FRAMES = 60  # 4 s at 15 a second
EMPTY = 10  # of them, before the code comes
_EDGE = 400  # pixels of the code as it is printed, margin included


def write(folder, text=None):
    """The frames of a film below `folder` (made), 000.jpg and so on: an empty room at first, then a code with the text
    comes in from the right and is turned, tilted, brought nearer and taken away again. It is never held still. Without
    a text the room stays empty. The film may be shown again from its beginning."""
    folder.mkdir(parents=True)
    code = None if text is None else _code(text)
    empty = FRAMES if text is None else EMPTY
    room = _room()
    random = numpy.random.default_rng(1)
    noise = [random.normal(0, 4, room.shape).astype(numpy.int16) for _ in range(4)]
    for number in range(FRAMES):
        frame = room if number < empty else _held(room, code, (number - EMPTY) / (FRAMES - EMPTY))
        # Light and the sensor's noise differ from frame to frame.
        light = numpy.int16(10 * math.sin(number / 7))
        frame = numpy.clip(frame + (noise[number % 4] + light), 0, 255).astype(numpy.uint8)
        if not cv2.imwrite(str(folder / f"{number:03}.jpg"), frame, [cv2.IMWRITE_JPEG_QUALITY, 85]):
            raise OSError(f"A frame cannot be written below {folder}.")


def _code(text):
    made = subprocess.run(["qrencode", "-8", "-l", "M", "-m", "4", "-s", "4", "-o", "-"], input=text.encode(), check=True,
                          capture_output=True).stdout
    code = cv2.imdecode(numpy.frombuffer(made, numpy.uint8), cv2.IMREAD_GRAYSCALE)
    return cv2.resize(code, (_EDGE, _EDGE), interpolation=cv2.INTER_NEAREST)


def _room():
    """A wall with a soft light, and shelves: something to look at that is no code."""
    x, y = numpy.meshgrid(numpy.arange(SIZE[0]), numpy.arange(SIZE[1]))
    room = (150 - 60 * numpy.hypot(x / SIZE[0] - 0.3, y / SIZE[1] - 0.2)).astype(numpy.uint8)
    for shelf in range(5):
        cv2.rectangle(room, (60 + 230 * shelf, 480), (210 + 230 * shelf, 700), 60 + 25 * shelf, -1)
    return room


def _held(room, code, part):
    """The room with the code in it, `part` (0 to 1) of its way through the picture."""
    middle = numpy.array([SIZE[0] * (1.15 - 0.75 * math.sin(math.pi * part)),
                          SIZE[1] * (0.5 + 0.08 * math.sin(4 * math.pi * part))])
    turn = math.radians(25) * math.sin(3 * math.pi * part)
    half = 150 + 45 * math.sin(math.pi * part)
    tilt = 0.12 * math.cos(5 * math.pi * part)
    corners = []
    for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        near = 1 + tilt * x  # one side is nearer
        turned = (x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn))
        corners.append(middle + half * near * numpy.array(turned))
    printed = numpy.float32([(0, 0), (_EDGE, 0), (_EDGE, _EDGE), (0, _EDGE)])
    move = cv2.getPerspectiveTransform(printed, numpy.float32(corners))
    paper = cv2.warpPerspective(code, move, SIZE, flags=cv2.INTER_LINEAR)
    covers = cv2.warpPerspective(numpy.full_like(code, 255), move, SIZE)
    return cv2.GaussianBlur(numpy.where(covers > 127, 30 + paper // 4 * 3, room), (0, 0), 0.8)
