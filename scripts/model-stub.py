"""A stand-in for a language model that the agent server's examples use: it needs no network. It answers every request of
OpenAI's chat completions with the next tool call of a fixed list, and ends with `finish`.

    scripts/model-stub.py PORT FOLDER
"""

import http.server
import itertools
import json
import sys

folder = sys.argv[2]
STEPS = [
    ("think", {"thought": "I should look around."}),
    ("terminal", {"command": "echo hello; ls", "security_risk": "LOW"}),
    (
        "file_editor",
        {"command": "create", "path": f"{folder}/a.txt", "file_text": "one\n", "security_risk": "LOW"},
    ),
    ("terminal", {"command": "false", "security_risk": "LOW"}),
    ("no_such_tool", {"x": 1}),
    ("finish", {"message": "done"}),
]
count = itertools.count()


class Model(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        number = next(count)
        message = {"role": "assistant", "content": f"step {number}"}
        # Without tools it is asked for text: a title, a summary, an answer.
        if request.get("tools"):
            name, arguments = STEPS[number % len(STEPS)]
            call = {"name": name, "arguments": json.dumps(arguments)}
            message["tool_calls"] = [{"id": f"call_{number}", "type": "function", "function": call}]
        reason = "tool_calls" if "tool_calls" in message else "stop"
        answer = {
            "id": f"chat_{number}",
            "object": "chat.completion",
            "created": 1,
            "model": request.get("model", "model"),
            "choices": [{"index": 0, "finish_reason": reason, "message": message}],
            "usage": {"prompt_tokens": 100, "completion_tokens": 5, "total_tokens": 105},
        }
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Model).serve_forever()
