# A mail server for the tests: says its port, then one line of JSON for each letter that it took or refused.
# The number of letters to refuse first is its argument.
import asyncio, base64, json, sys
from aiosmtpd.smtp import SMTP


class Letters:
    refusals = int(sys.argv[1])

    async def handle_DATA(self, server, session, envelope):
        refused = self.refusals > 0
        self.refusals -= refused
        print(json.dumps({"refused": refused, "to": envelope.rcpt_tos, "content": base64.b64encode(envelope.content).decode()}), flush=True)
        return "451 Come back later" if refused else "250 Taken"


async def main():
    letters = Letters()
    server = await asyncio.get_running_loop().create_server(lambda: SMTP(letters), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
