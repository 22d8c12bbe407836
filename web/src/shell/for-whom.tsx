import { Fragment, type ReactNode, useState } from 'react'
import { Block } from '../ui/light/block.tsx'
import { Choices } from '../ui/light/choices.tsx'
import { useResident } from './resident-frame.tsx'

interface ForWhomProps {
  readonly title: string
  readonly children: (residentId: string) => ReactNode
}

/** A page about one person: who stands for others too chooses whom, oneself at first; each has a page of their own. */
export function ForWhom({ title, children }: ForWhomProps) {
  const people = useResident().residents
  const [chosen, setChosen] = useState('')
  const residentId = people.find((one) => one.id === chosen)?.id ?? people[0]?.id
  if (!residentId) return null
  return (
    <>
      {people.length > 1 && (
        <Block title={title}>
          <Choices
            name={title}
            value={residentId}
            options={people.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setChosen}
          />
        </Block>
      )}
      <Fragment key={residentId}>{children(residentId)}</Fragment>
    </>
  )
}
