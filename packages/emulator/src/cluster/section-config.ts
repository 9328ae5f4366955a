/** The sections of a Proxmox section file: id to its type and options. */
export type Sections = Map<string, { readonly type: string; readonly options: Record<string, string> }>;

/** Reads `type: id` headers with indented `key value` lines below (pve-common, SectionConfig.pm). */
export function parseSections(text: string): Sections {
  const found: Sections = new Map();
  let options: Record<string, string> = {};
  for (const line of text.split("\n")) {
    const [, type, id] = /^(\S+):\s*(\S+)\s*$/.exec(line) ?? [];
    if (type !== undefined && id !== undefined && !/^\s/.test(line)) {
      options = {};
      found.set(id, { type, options });
      continue;
    }
    const [, key, value = ""] = /^\s+(\S+)(?:\s+(.*))?$/.exec(line) ?? [];
    if (key !== undefined) options[key] = value;
  }
  return found;
}

export function formatSections(sections: Sections): string {
  const texts = [...sections].map(([id, { type, options }]) => {
    const lines = Object.entries(options).map(([key, value]) => `\t${key} ${value}\n`);
    return `${type}: ${id}\n${lines.join("")}`;
  });
  return texts.join("\n");
}
