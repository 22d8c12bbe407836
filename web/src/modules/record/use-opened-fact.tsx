import type { Fact } from '@tongmai/api/record'
import { type ReactNode, useState } from 'react'
import { FactDrawer } from './fact-drawer.tsx'

/** The drawer of one fact and how it is opened: `const [drawer, open] = useOpenedFact(residentId)`. */
export function useOpenedFact(residentId: string): readonly [ReactNode, (fact: Fact) => void] {
  const [fact, setFact] = useState<Fact | null>(null)
  const drawer = <FactDrawer residentId={residentId} fact={fact} onClose={() => setFact(null)} />
  return [drawer, setFact]
}
