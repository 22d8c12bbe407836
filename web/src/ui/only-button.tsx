import { Button } from 'antd'
import type { ReactNode } from 'react'

/** A filter that is on or off: `只看我的`. */
export const OnlyButton = ({
  on,
  onChange,
  children,
}: {
  on: boolean
  onChange: (on: boolean) => void
  children: ReactNode
}) => (
  <Button type={on ? 'primary' : 'default'} ghost={on} aria-pressed={on} onClick={() => onChange(!on)}>
    {children}
  </Button>
)
