import { once } from "node:events";
import { createServer } from "node:http";

/** The server that recorded downloads came from, under another port. */
export interface DownloadServer {
  /** What stands in the recordings, as text and inside a query, and what it is here. */
  readonly names: readonly (readonly [recorded: string, ours: string])[];
  close(): void;
}

const recordedPort = 8099;

/** Serves the one small file that the recordings download. */
export async function serveDownloads(): Promise<DownloadServer> {
  const server = createServer((request, response) => {
    const isThere = request.url === "/b.iso";
    response.writeHead(isThere ? 200 : 404, {
      "content-type": "application/x-iso9660-image",
      "content-length": isThere ? 6 : 0,
    });
    response.end(isThere ? "hello\n" : "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the download server has no port");
  const names = [":", "%3A"].map(
    (colon) => [`127.0.0.1${colon}${recordedPort}`, `127.0.0.1${colon}${address.port}`] as const,
  );
  return { names, close: () => void server.close() };
}
