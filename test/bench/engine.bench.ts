import { documentRows } from "./engine/document-rows.ts";
import type { Row } from "./frame/row.ts";

/** What a person waits for who applies a description, beside what Proxmox takes. */
export async function rows(): Promise<Row[]> {
  return await documentRows();
}
