import CJPEG
