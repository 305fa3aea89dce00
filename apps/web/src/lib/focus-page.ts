/** Leads the focus to the page's heading, or its main part while there is none, unless it is within the page already. */
export function focusPage(): void {
  const main = document.getElementById('main')
  if (main === null || main.contains(document.activeElement)) return
  const heading = main.querySelector<HTMLElement>('h1')
  if (heading !== null) heading.tabIndex = -1
  const target = heading ?? main
  // Where the page is scrolled to is the router's to say.
  target.focus({ preventScroll: true })
}
