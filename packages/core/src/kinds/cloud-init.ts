import type { RecordType, TextPattern } from "../description/field.ts";

const BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = `${BYTE}(?:\\.${BYTE}){3}`;

const ipv4: TextPattern = {
  form: new RegExp(`^${IPV4}$`),
  outside: "not an IPv4 address",
  wayOut: 'write it like "10.0.0.1"',
};

const ipv4WithPrefix: TextPattern = {
  form: new RegExp(`^${IPV4}/(?:[1-9]|[12]\\d|3[0-2])$`),
  outside: "not an address with a prefix length",
  wayOut: 'write it like "10.0.0.10/24"',
};

const KEY_TYPE =
  "(?:ssh-(?:rsa|dss|ed25519)|ecdsa-sha2-nistp\\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\\.com)";
/** Options may stand before a key, and its owner behind it, in any letters. */
const KEY = `(?:[!-~][ -~]* )?${KEY_TYPE} +[A-Za-z0-9+/]+={0,2}(?: [ -~\\xa0-\\u2027\\u202f-\\ud7ff]*)?`;

/** Lines as `ssh-keygen -l` reads them, by which Proxmox judges them (pve-common, `validate_ssh_public_keys`). */
const publicKey: TextPattern = {
  form: new RegExp(`^${KEY}(?:\\n+${KEY})*\\n?$`),
  outside: "not a public key of SSH",
  wayOut:
    'write what the file that ends in ".pub" holds, like "ssh-ed25519 AAAA… ada"; a private key belongs nowhere here',
  isHidden: true,
};

/** A run of fixed addresses. */
const address: RecordType = {
  name: "Address",
  sentence: "A run of fixed addresses.",
  fields: {
    first: {
      kind: "text",
      pattern: ipv4WithPrefix,
      sentence: "The first seat's, with its prefix length.",
      required: true,
      example: "10.0.0.10/24",
    },
    gateway: { kind: "text", pattern: ipv4, sentence: "The gateway.", example: "10.0.0.1" },
  },
};

/** Values for cloud-init. The host name is not among them: it is that of the machine. */
export const cloudInit: RecordType = {
  name: "CloudInit",
  sentence: "Values for cloud-init.",
  fields: {
    user: { kind: "text", sentence: "Name of the user.", late: true, example: "student" },
    password: {
      kind: "text",
      sentence: "The user's password; kept as a secret.",
      late: true,
      secret: true,
    },
    sshKeys: {
      kind: "list",
      items: { kind: "text", pattern: publicKey },
      sentence: "Public keys that may log in.",
      late: true,
      example: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIK0wmN/Cr3JXqmLW7u+g9pTh+wyqDHpSQEIQczXkVx9q ada"],
    },
    nameserver: { kind: "text", sentence: "DNS server.", late: true, example: "10.0.0.1" },
    searchDomain: { kind: "text", sentence: "DNS search domain.", late: true, example: "lab.example.org" },
    address: {
      kind: "record",
      type: address,
      sentence:
        "Fixed addresses, one after another in the order of the seats; a seat keeps its own when others come or go. DHCP when absent.",
      example: { first: "10.0.0.10/24", gateway: "10.0.0.1" },
    },
  },
};
