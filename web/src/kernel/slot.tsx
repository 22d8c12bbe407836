import {
  type ComponentType,
  createContext,
  type LazyExoticComponent,
  type ReactNode,
  Suspense,
  useContext,
} from 'react'
import { lazily } from './lazily.ts'
import type { SlotFill, SlotName, SlotProps, StaffModule } from './module.ts'
import { useMay } from './session.tsx'

type Fill = {
  readonly at: SlotName
  readonly may?: string
  readonly order: number
  readonly Component: LazyExoticComponent<ComponentType<object>>
}

const FillsContext = createContext<readonly Fill[]>([])

/** Gathers what the modules put into slots; only the shell renders it, once. */
export const SlotProvider = FillsContext.Provider

/** The fills of all modules, in their order. */
export function fillsOf(modules: readonly StaffModule[]): readonly Fill[] {
  return modules
    .flatMap((module) => (module.slots ?? []).map((fill) => filled(module, fill)))
    .sort((a, b) => a.order - b.order)
}

const filled = (module: StaffModule, fill: SlotFill): Fill => ({
  at: fill.at,
  ...(fill.may ? { may: fill.may } : {}),
  order: fill.order ?? 50,
  Component: lazily(module, fill.load as () => Promise<ComponentType<object>>),
})

/** The place where other modules' parts appear: `<Slot at="person" residentId={id} />`. */
export function Slot<Name extends SlotName>({
  at,
  fallback = null,
  ...props
}: { at: Name; fallback?: ReactNode } & SlotProps[Name]): ReactNode {
  const may = useMay()
  const fills = useContext(FillsContext).filter((fill) => fill.at === at && may(fill.may))
  return fills.map(({ Component }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the fills are fixed when the app starts
    <Suspense key={i} fallback={fallback}>
      <Component {...props} />
    </Suspense>
  ))
}
