import { Slot } from '../../kernel/slot.tsx'

declare module '../../kernel/module.ts' {
  interface SlotProps {
    /** The choice of the patient whom an app is opened for; who knows residents draws it. */
    'identity.patient': {
      readonly value: string | null
      readonly onChange: (residentId: string | null) => void
    }
  }
}

interface PatientSlotProps {
  readonly value: string | null
  readonly onChange: (residentId: string | null) => void
}

/** Where a later module lets the person choose the patient. */
export function PatientSlot({ value, onChange }: PatientSlotProps) {
  return <Slot at="identity.patient" value={value} onChange={onChange} />
}
