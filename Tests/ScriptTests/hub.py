"""A server on the loopback that answers as the Hugging Face hub does where its files lie in a folder."""
import hashlib
import http.server
import json
import threading
import urllib.parse


class Hub:
    """Serves the files of a folder as those of one data set at one revision."""

    def __init__(self, folder, data_set, revision):
        self.requests, self.broken = [], set()
        hub = self
        prefix = f"/datasets/{data_set}/resolve/{revision}/"
        names = sorted(path.relative_to(folder).as_posix()
                       for path in folder.rglob("*") if path.is_file())
        about = {"id": data_set, "_id": "0", "author": data_set.split("/")[0], "sha": revision,
                 "private": False, "downloads": 0, "likes": 0, "tags": [],
                 "siblings": [{"rfilename": name} for name in names]}

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self):
                self.answer()

            def do_GET(self):
                self.answer()

            def log_message(self, *_):
                pass

            def answer(self):
                path = urllib.parse.unquote(self.path.split("?")[0])
                hub.requests.append((self.command, path))
                name = path.removeprefix(prefix)
                if path.startswith(f"/api/datasets/{data_set}/revision/"):
                    self.send(json.dumps(about).encode(), {"Content-Type": "application/json"})
                elif path.startswith(f"/api/datasets/{data_set}/tree/"):
                    tree = [{"type": "file", "path": name, "oid": "0" * 40,
                             "size": (folder / name).stat().st_size} for name in names]
                    self.send(json.dumps(tree).encode(), {"Content-Type": "application/json"})
                elif name in names and not (self.command == "GET" and name in hub.broken):
                    data = (folder / name).read_bytes()
                    self.send(data, {"ETag": f'"{hashlib.sha256(data).hexdigest()}"',
                                     "X-Repo-Commit": revision})
                else:
                    self.send(b"", {}, 404)

            def send(self, data, headers, status=200):
                self.send_response(status)
                for key, value in {**headers, "Content-Length": len(data)}.items():
                    self.send_header(key, str(value))
                self.end_headers()
                if self.command == "GET":
                    self.wfile.write(data)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
