import { EyeOutlined, WarningOutlined } from '@ant-design/icons'
import { Button, Tooltip } from 'antd'
import type { ReactNode } from 'react'
import { To } from '../kernel/route.tsx'
import { useDates } from '../kernel/use-dates.ts'
import { webWords } from '../kernel/web-words.ts'
import { useWords } from '../kernel/words.ts'

interface PersonBannerProps {
  readonly name: string
  readonly sex: 'male' | 'female' | 'other' | 'unknown'
  /** `YYYY-MM-DD`, or null where it is not known. */
  readonly birthDay: string | null
  /** The identifier as it may be shown: masked, or in full after the revealing. */
  readonly idShown: string
  /** Shows the identifier in full; the act is logged. Left out where one may not. */
  readonly onReveal?: (() => void) | undefined
  /** Allergies and alerts: words first, colour beside them. */
  readonly alerts?: readonly string[]
  /** On which basis I see this record, in words. */
  readonly basis?: ReactNode
  /** Where the record is. */
  readonly to?: string
  readonly children?: ReactNode
}

/** Who this is about. Stays at the top of the page while it scrolls. */
export function PersonBanner(props: PersonBannerProps) {
  const { name, sex, birthDay, idShown, onReveal, alerts = [], basis, to, children } = props
  const t = useWords(webWords)
  const { age } = useDates()
  return (
    <section className="tm-person" aria-label={t('person.banner')}>
      <strong className="tm-person-name">{to ? <To to={to}>{name}</To> : name}</strong>
      <span>{t(`sex.${sex}`)}</span>
      {birthDay && <Tooltip title={birthDay}>{age(birthDay)}</Tooltip>}
      <span className="tm-person-id">
        {idShown}
        {onReveal && (
          <Tooltip title={t('person.reveal')}>
            <Button
              className="tm-no-print"
              type="text"
              size="small"
              icon={<EyeOutlined />}
              aria-label={t('person.reveal')}
              onClick={onReveal}
            />
          </Tooltip>
        )}
      </span>
      {alerts.map((alert) => (
        <span key={alert} className="tm-tag tm-bad">
          <WarningOutlined /> {alert}
        </span>
      ))}
      {children}
      {basis && <span className="tm-person-basis">{basis}</span>}
    </section>
  )
}
