import 'react'

declare module 'react' {
  interface InputHTMLAttributes<T> {
    /** Lets a file input take a folder; in every browser, not in React's types. */
    webkitdirectory?: '' | undefined
  }
}
