/** What pvestatd broadcasts about a guest every ten seconds. */
export interface GuestRow {
  readonly status: "running" | "stopped";
  readonly name: string;
  readonly template: 0 | 1;
  readonly uptime: number;
  readonly cpu: number;
  readonly maxcpu: number;
  readonly mem: number;
  readonly maxmem: number;
  readonly disk: 0;
  readonly maxdisk: number;
  readonly netin: number;
  readonly netout: number;
  readonly diskread: number;
  readonly diskwrite: number;
  readonly memhost?: number;
}
