/** Whether an address with this name leads every device to itself: one that is given to others is of no use to them. */
export const isLoopback = (hostname: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
