import type { ParsedVolname } from "../volid.ts";
import type { FeatureQuestion, VolumeFeature, VolumeFormat } from "../volume-types.ts";

type Features = Readonly<
  Record<VolumeFeature, Readonly<Partial<Record<"base" | "current" | "snap", readonly VolumeFormat[]>>>>
>;

const images: readonly VolumeFormat[] = ["qcow2", "raw", "vmdk"];

/** Which formats can do what (pve-storage 9.1.7, Plugin.pm volume_has_feature). */
const features: Features = {
  snapshot: { current: ["qcow2"], snap: ["qcow2"] },
  clone: { base: images },
  template: { current: [...images, "subvol"] },
  copy: { base: images, current: images, snap: ["qcow2"] },
  sparseinit: { base: images, current: images },
  rename: { current: images },
};

/** Whether a file can do what is asked. */
export function fileFeature(
  feature: VolumeFeature,
  volume: ParsedVolname,
  question: FeatureQuestion,
): boolean {
  const state = question.snapshot !== undefined ? "snap" : volume.isBase ? "base" : "current";
  return features[feature][state]?.includes(volume.format) ?? false;
}
