import { useId } from 'react'

interface Option {
  readonly value: string
  readonly label: string
  /** Below the label, in plain words. */
  readonly detail?: string
  readonly disabled?: boolean
}

interface ChoicesProps {
  readonly name: string
  readonly value: string
  readonly options: readonly Option[]
  readonly onChange: (value: string) => void
}

/** One of few, a line each, big enough for a thumb. */
export function Choices({ name, value, options, onChange }: ChoicesProps) {
  const group = useId()
  return (
    <fieldset className="me-choices">
      <legend className="tm-hidden">{name}</legend>
      {options.map((one) => (
        <label key={one.value} className="me-row">
          <span>
            <b>{one.label}</b>
            {one.detail && <small>{one.detail}</small>}
          </span>
          <input
            type="radio"
            name={group}
            disabled={one.disabled ?? false}
            checked={one.value === value}
            onChange={() => onChange(one.value)}
          />
        </label>
      ))}
    </fieldset>
  )
}

interface TicksProps {
  readonly values: readonly string[]
  readonly options: readonly Option[]
  readonly onChange: (values: readonly string[]) => void
}

/** Any of few, a line each. */
export function Ticks({ values, options, onChange }: TicksProps) {
  const toggle = (value: string, on: boolean) =>
    onChange(on ? [...values, value] : values.filter((one) => one !== value))
  return (
    <div className="me-choices">
      {options.map((one) => (
        <label key={one.value} className="me-row">
          <span>
            <b>{one.label}</b>
            {one.detail && <small>{one.detail}</small>}
          </span>
          <input
            type="checkbox"
            checked={values.includes(one.value)}
            onChange={({ target }) => toggle(one.value, target.checked)}
          />
        </label>
      ))}
    </div>
  )
}
