import { describe, expect, test } from "vitest";
import { errorCodes } from "./error-code.ts";

describe("every error code", () => {
  test.each(Object.entries(errorCodes))("%s says what it means and what to do", (code, description) => {
    expect(code).toMatch(/^[a-z]+\.[a-z-]+$/);
    const { audience, status, meaning, wayOut } = description;
    expect(meaning).toMatch(/^[A-Z][^.]*\.$/);
    expect(wayOut).toMatch(/^[A-Z].*[^.]$/);
    expect([400, 401, 403, 404, 409, 422, 500, 502, 503, 504, 507]).toContain(status);
    // Who asked is told that it is the request (4xx), unless Proxmox failed; our own bugs are never the request's fault.
    if (audience === "bug") expect(status).toBeGreaterThanOrEqual(500);
  });
});
