import { Slot } from '../../kernel/slot.tsx'

declare module '../../kernel/module.ts' {
  interface SlotProps {
    /** The choice of the practitioner behind an account; who knows practitioners draws it. */
    'identity.practitioner': {
      readonly value: string | null
      readonly onChange: (practitionerId: string | null) => void
    }
  }
}

interface PractitionerSlotProps {
  readonly value: string | null
  readonly onChange: (practitionerId: string | null) => void
}

/** Where a later module lets the administrator choose the practitioner behind an account. */
export function PractitionerSlot({ value, onChange }: PractitionerSlotProps) {
  return <Slot at="identity.practitioner" value={value} onChange={onChange} />
}
