import type { RecordType } from "../../description/field.ts";
import { cluster } from "../configuration.ts";
import { labClassKind } from "../lab-class.ts";
import { overlayVmPoolKind } from "../overlay-vm-pool.ts";
import { placeFields, vmid } from "../place-fields.ts";
import { planType } from "../plan.ts";
import { poolKind } from "../pool.ts";
import { tenantQuotaKind } from "../tenant-quota.ts";
import type { DocumentKind } from "./document-kind.ts";
import { documentType } from "./document-type.ts";

const labClass: DocumentKind = {
  name: "LabClass",
  sentence: labClassKind.sentence,
  meaning: "is a class: a machine for each seat",
  scope: "tenant",
  named: "class",
  type: documentType(labClassKind),
  example: `kind: LabClass
version: 1
name: networks-101
cluster: main
template: debian-12
seats: 25
hardware: { cores: 2, memory: 4GiB }
storage: nas
cloudInit:
  user: student
  password: { env: STUDENT_PASSWORD }
`,
  migrations: [],
};

const overlayVmPool: DocumentKind = {
  name: "OverlayVmPool",
  sentence: overlayVmPoolKind.sentence,
  meaning: "is machines on one template's disks, without a class",
  scope: "tenant",
  named: "class",
  type: documentType(overlayVmPoolKind),
  example: `kind: OverlayVmPool
version: 1
name: runners
template: { vmid: 9000 }
seats: 8
storage: nas
vmids: { from: 30000, to: 30099 }
`,
  migrations: [],
};

const pool: DocumentKind = {
  name: "Pool",
  sentence: poolKind.sentence,
  meaning: "is a resource pool of Proxmox",
  scope: "cluster",
  type: documentType(poolKind),
  example: `kind: Pool
version: 1
name: lab
poolid: lab
comment: Machines of the lab
`,
  migrations: [],
};

const clusterDocument: DocumentKind = {
  name: "Cluster",
  sentence:
    "A registered cluster: one entry of the configuration `coppice:clusters` under the document's name.",
  meaning: "is a registered cluster",
  scope: "none",
  named: "cluster",
  type: documentType(cluster),
  example: `kind: Cluster
version: 1
name: main
endpoint: https://pve1.example.org:8006
caFile: pve-root-ca.pem
token: { env: PVE_TOKEN }
ssh:
  key: { file: coppice-key }
`,
  migrations: [],
};

const templateType: RecordType = {
  name: "Template",
  sentence: "A name for a template of Proxmox.",
  fields: {
    cluster: placeFields.cluster,
    vmid: { ...vmid, sentence: "Its number.", required: true, example: 9000 },
  },
};

const templateDocument: DocumentKind = {
  name: "Template",
  sentence: "A name for a template of Proxmox, by which other documents refer to it.",
  meaning: "is a name for a template",
  scope: "none",
  named: "template",
  type: documentType(templateType),
  example: `kind: Template
version: 1
name: debian-12
cluster: main
vmid: 9000
`,
  migrations: [],
};

const tenantQuota: DocumentKind = {
  name: "TenantQuota",
  sentence: tenantQuotaKind.sentence,
  meaning: "is a tenant with limits",
  scope: "cluster",
  named: "tenant",
  type: documentType(tenantQuotaKind),
  example: `kind: TenantQuota
version: 1
name: acme
cluster: main
limits: { machines: 40, cores: 120, memory: 256GiB, storage: 2TiB }
templates: [9000]
storages: [nas]
bridges: [vmbr0]
`,
  migrations: [],
};

const plan: DocumentKind = {
  name: "Plan",
  sentence: planType.sentence,
  meaning: "is what tenants pay",
  scope: "none",
  named: "plan",
  type: documentType(planType),
  example: `kind: Plan
version: 1
name: campus
currency: EUR
stopped: storage
versions:
  - from: 2026-09-01
    prices: { coreHour: "0.0045", memoryGiBHour: "0.0012", storageGiBHour: "0.00005", trafficGiB: "0.01" }
`,
  migrations: [],
};

/** What can be described in a document, in the order in which people read of it. */
export const documentKinds: readonly DocumentKind[] = [
  labClass,
  overlayVmPool,
  pool,
  tenantQuota,
  plan,
  templateDocument,
  clusterDocument,
];
