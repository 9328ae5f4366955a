/** The projects whose stacks are made of documents; what stands in the cluster's comes first. */
export const documentProjects = ["coppice-cluster", "coppice-tenant"] as const;
