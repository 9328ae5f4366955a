import type { ClassWish } from "./class-program.ts";

/**
 * A tenant that may have 25 machines, what it pays, and its class: what an operator would write, and a teacher.
 *
 * @example tenantDocuments({ seats: 25 })
 */
export function tenantDocuments({ seats }: Pick<ClassWish, "seats">): string {
  return `\
kind: TenantQuota
version: 1
name: acme
cluster: main
limits: { machines: 25, memory: 64GiB }
plan: campus
templates: [9000]
storages: [nas]
---
kind: Plan
version: 1
name: campus
currency: EUR
versions:
  - from: 2020-01-01
    prices: { coreHour: "0.0045", storageGiBHour: "0.00005" }
---
kind: LabClass
version: 1
name: physics-201
cluster: main
tenant: acme
template: { vmid: 9000 }
seats: ${seats}
hardware: { cores: 2, memory: 2GiB }
storage: nas
`;
}
