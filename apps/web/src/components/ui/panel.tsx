import { Check } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import classes from './panel.module.css'

type Props = {
  title: string
  /** For the parts of a form that are gone through in order: its number, and whether nothing is left to do there. */
  step?: { number: number; done: boolean }
  children: ReactNode
}

/** A titled part of a page. */
export function Panel({ title, step, children }: Props) {
  const id = useId()
  return (
    <section className={classes.panel} aria-labelledby={id}>
      <h2 id={id}>
        {step !== undefined && (
          <span className={`${classes.step} num`} data-done={step.done} aria-hidden="true">
            {step.done ? <Check size={16} strokeWidth={3} /> : step.number}
          </span>
        )}
        {title}
      </h2>
      {children}
    </section>
  )
}
