import type { CostComparison, Destination, Entitlement } from '@tongmai/api/benefit/estimate'
import type { BenefitLevel } from '@tongmai/api/benefit/rule'
import { useWords } from '../../kernel/words.ts'
import { Card, Cards } from '../../ui/page.tsx'
import { StateTag } from '../../ui/state-tag.tsx'
import { showYuan } from './money.ts'
import { benefitWords } from './words.ts'

/** Destinations side by side, what each costs, how that was reckoned, and what nobody knows. */
export function Comparison({ of }: { of: CostComparison }) {
  const t = useWords(benefitWords)
  const known = of.destinations.flatMap(({ estimate }) => (estimate.ownFen === null ? [] : [estimate.ownFen]))
  const least = known.length > 1 ? Math.min(...known) : null
  const insured =
    of.area && of.scheme && of.category
      ? [of.area, t(`scheme.${of.scheme}`), t(`category.${of.category}`)].join(' · ')
      : t('unknown.insured')
  return (
    <>
      <p className="tm-quiet">
        {insured} · {t(of.contracted ? 'by-contract' : 'by-no-contract')} · {of.on}
      </p>
      <Cards least={300}>
        {of.destinations.map((one) => (
          <Cost key={one.institutionId} of={one} isLeast={least !== null && one.estimate.ownFen === least} />
        ))}
      </Cards>
      <Card title={t('entitlements')}>
        <Entitlements of={of.entitlements} />
      </Card>
      <p className="tm-quiet">{t('print-note')}</p>
    </>
  )
}

function Cost({ of, isLeast }: { of: Destination; isLeast: boolean }) {
  const t = useWords(benefitWords)
  const { estimate } = of
  const sum = (label: string, fen: number | null) => (
    <div>
      <div className="tm-quiet">{label}</div>
      <b style={{ fontVariantNumeric: 'tabular-nums' }}>{showYuan(fen)}</b>
    </div>
  )
  return (
    <Card
      title={of.name}
      extra={
        <span className="tm-row">
          {isLeast && <StateTag tone="good">{t('cheapest')}</StateTag>}
          {of.level && <StateTag>{t(`level.${of.level as BenefitLevel}`)}</StateTag>}
        </span>
      }
    >
      <div className="tm-stat-label">{t('own')}</div>
      <div className="tm-stat-value">
        {showYuan(estimate.ownFen)} <small>{t('yuan')}</small>
      </div>
      <div className="tm-row" style={{ gap: 24, margin: '8px 0' }}>
        {sum(t('sum'), estimate.totalFen)}
        {sum(t('insurance'), estimate.insuranceFen)}
      </div>
      <h3 className="tm-quiet">{t('working')}</h3>
      <Working of={estimate.working} />
      {estimate.unknown.length > 0 && (
        <>
          <h3 className="tm-quiet">{t('missing')}</h3>
          <ul style={{ margin: 0, paddingLeft: 18 }}>
            {estimate.unknown.map((code) => (
              <li key={code}>{t(`unknown.${code as 'rule'}`)}</li>
            ))}
          </ul>
        </>
      )}
      {of.source && (
        <p className="tm-quiet">
          {t('basis', { source: of.source })} {of.note}
        </p>
      )}
    </Card>
  )
}

function Working({ of }: { of: Destination['estimate']['working'] }) {
  const t = useWords(benefitWords)
  return (
    <table style={{ width: '100%' }}>
      <tbody>
        {of.map(({ code, amountFen, note }) => (
          <tr key={code}>
            <td>{t(`working.${code as 'own'}`, { note })}</td>
            <td
              style={{
                textAlign: 'right',
                whiteSpace: 'nowrap',
                verticalAlign: 'top',
                fontVariantNumeric: 'tabular-nums',
              }}
            >
              {showYuan(amountFen)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Entitlements({ of }: { of: readonly Entitlement[] }) {
  const t = useWords(benefitWords)
  return (
    <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
      {of.map(({ code, granted, reason }) => (
        <li key={code} className="tm-row">
          <StateTag tone={granted ? 'good' : 'idle'}>{t(granted ? 'granted' : 'not-granted')}</StateTag>
          <span>{t(`entitlement.${code as 'noDeductible'}`)}</span>
          <span className="tm-quiet">{t(`reason.${reason as 'granted'}`)}</span>
        </li>
      ))}
    </ul>
  )
}
