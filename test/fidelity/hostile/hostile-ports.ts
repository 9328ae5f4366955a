import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { Emulator } from "@coppice/emulator";

/** A door of the emulator, and what is said there when all is well. */
export interface HostilePort {
  readonly name: string;
  open(): Socket;
  readonly samples: readonly Buffer[];
  /** Closes a silent connection by itself, within seconds. */
  readonly isImpatient: boolean;
  /** How many connections at once. */
  readonly atOnce: number;
}

const form = [
  '--b\r\nContent-Disposition: form-data; name="content"\r\n\r\niso\r\n',
  '--b\r\nContent-Disposition: form-data; name="checksum-algorithm"\r\n\r\nmd5\r\n',
  '--b\r\nContent-Disposition: form-data; name="filename"; filename="x.iso"\r\nContent-Type: x/y\r\n\r\nfile\r\n--b--\r\n',
].join("");

function post(path: string, type: string, body: string, token: string, length = body.length): string {
  return `POST /api2/json${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\nContent-Type: ${type}\r\nContent-Length: ${length}\r\n\r\n${body}`;
}

function apiSamples(token: string): string[] {
  const upload = "/nodes/pve1/storage/local/upload";
  const multipart = "multipart/form-data; boundary=b";
  const plain = "application/x-www-form-urlencoded";
  return [
    "GET /api2/json/version HTTP/1.1\r\nHost: pve1\r\n\r\n",
    `GET /api2/extjs/nodes/pve1/qemu/100/config HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\n\r\n`,
    post("/access/ticket", plain, "username=root%40pam&password=x%zz", token),
    post("/nodes/pve1/qemu", "application/json", '{"a":[]}', token),
    post("/nodes/pve1/qemu/100/config", plain, "description=a%0Ab&net0=virtio,bridge=vmbr0", token),
    post(upload, multipart, form, token),
    post(upload, multipart, form, token, 100_000),
    post(upload, multipart, form.slice(0, 150), token, 10_000_000_000),
    'POST /api2/extjs/nodes/pve1/qemu HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{"a":[]\r\n0\r\n\r\n',
    "",
  ];
}

/** Opens a console and answers what upgrades a connection to it. */
async function consoleRequest(emulator: Emulator, token: string): Promise<string> {
  const proxied = await emulator.shell(
    "pve1",
    "pvesh create /nodes/pve1/qemu/100/vncproxy --output-format json",
  );
  // as: this call prints one JSON object.
  const { ticket, port } = JSON.parse(proxied.stdout) as { readonly ticket: string; readonly port: string };
  const path = `/api2/json/nodes/pve1/qemu/100/vncwebsocket?port=${port}&vncticket=${encodeURIComponent(ticket)}`;
  const upgrade =
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n";
  return `GET ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\n${upgrade}\r\n`;
}

function consoleSamples(upgrade: string): Buffer[] {
  const frames = [
    [0x82, 0x81, 1, 2, 3, 4, 64],
    [0x89, 0x80, 1, 2, 3, 4],
    [0x82, 0xff, 0, 0, 0, 0, 0, 1, 0xff, 0xff, 1, 2, 3, 4],
    [0x88, 0x82, 1, 2, 3, 4, 2, 234],
  ];
  return frames.map((frame) => Buffer.concat([Buffer.from(upgrade), Buffer.from(frame)]));
}

const buffers = (texts: readonly string[]) => texts.map((text) => Buffer.from(text, "latin1"));

/** Every door of an emulator with a guest 100 and a control port. */
export async function hostilePorts(emulator: Emulator): Promise<HostilePort[]> {
  const token = `PVEAPIToken=${emulator.token.id}=${emulator.token.secret}`;
  const api = { port: Number(new URL(emulator.url).port), host: "127.0.0.1" };
  const tls = () => connectTls({ ...api, ca: emulator.ca });
  const control = new URL(emulator.controlServer?.url ?? "");
  const bearer = `Authorization: Bearer ${emulator.controlServer?.token ?? ""}`;
  const controlSamples = [
    `PUT /nodes/pve1 HTTP/1.1\r\nHost: x\r\n${bearer}\r\nContent-Length: 2\r\n\r\n{}`,
    `POST /faults HTTP/1.1\r\nHost: x\r\n${bearer}\r\nContent-Length: 14\r\n\r\n{"match":null}`,
    `GET /counters HTTP/1.1\r\nHost: x\r\n${bearer}\r\n\r\n`,
  ];
  const hello = ["SSH-2.0-OpenSSH_9.2\r\n\0\0\x01\x14\x07\x14aaaaaaaaaaaaaaaa\0\0\0\x01x", "SSH-1.5-x\n", ""];
  const upgrade = await consoleRequest(emulator, token);
  return [
    // First, since a console waits ten seconds for its client.
    { name: "console", open: tls, samples: consoleSamples(upgrade), isImpatient: false, atOnce: 16 },
    {
      name: "API",
      open: () => connect(api),
      samples: buffers([...apiSamples(token), "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03abcdefgh"]),
      isImpatient: true,
      atOnce: 16,
    },
    { name: "API inside TLS", open: tls, samples: buffers(apiSamples(token)), isImpatient: true, atOnce: 16 },
    {
      name: "control",
      open: () => connect(Number(control.port), "127.0.0.1"),
      samples: buffers(controlSamples),
      isImpatient: false,
      atOnce: 16,
    },
    ...[...emulator.ssh].map(([node, { port }]) => ({
      name: `SSH of ${node}`,
      open: () => connect(port, "127.0.0.1"),
      samples: buffers(hello),
      isImpatient: false,
      // Each SSH connection costs processes.
      atOnce: 3,
    })),
  ];
}
