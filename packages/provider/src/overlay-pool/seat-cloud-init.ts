/** Cloud-init values of one seat. */
export interface SeatCloudInit {
  readonly user?: string;
  readonly password?: string;
  readonly sshKeys?: readonly string[];
  readonly nameserver?: string;
  readonly searchDomain?: string;
  /** `dhcp`, or an address with its prefix length and gateway. */
  readonly address?: "dhcp" | { readonly cidr: string; readonly gateway?: string };
}

/** The configuration keys that carry a seat's cloud-init values; none when none are wished for. */
export function cloudInitParameters(wish: SeatCloudInit | undefined): Record<string, string> {
  if (wish === undefined) return {};
  const address = wish.address;
  const ip = address === undefined || address === "dhcp" ? "ip=dhcp" : `ip=${address.cidr}`;
  const gateway =
    typeof address === "object" && address.gateway !== undefined ? `,gw=${address.gateway}` : "";
  const values: Record<string, string | undefined> = {
    ciuser: wish.user,
    cipassword: wish.password,
    // Proxmox keeps the keys URL-encoded; the form encoding of the request comes on top of it.
    sshkeys: wish.sshKeys === undefined ? undefined : encodeURIComponent(wish.sshKeys.join("\n")),
    nameserver: wish.nameserver,
    searchdomain: wish.searchDomain,
    ipconfig0: `${ip}${gateway}`,
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
