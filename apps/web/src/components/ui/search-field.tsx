import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { type CSSProperties, useState } from 'react'

const typingMs = 300

type Props = {
  label: string
  /** What was searched for when the field appeared. */
  initial: string
  style?: CSSProperties
  /** Called with what is typed when the typing pauses. */
  onSearch(text: string): void
}

/** A field to search by text. */
export function SearchField({ label, initial, style, onSearch }: Props) {
  const [typed, setTyped] = useState(initial)
  const search = useDebouncedCallback(onSearch, typingMs)
  return (
    <TextInput
      type="search"
      label={label}
      maxLength={100}
      value={typed}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value)
        search(value)
      }}
      {...(style && { style })}
    />
  )
}
