import type { ThemeConfig } from 'antd'
import { theme } from 'antd'
import { useSyncExternalStore } from 'react'
import { kept } from '../kernel/kept.ts'

export type Brightness = 'light' | 'dark'

const keptBrightness = kept<Brightness>('brightness', 'light')

/** Light or dark, as this person chose on this device. */
export const useBrightness = (): Brightness =>
  useSyncExternalStore(keptBrightness.subscribe, keptBrightness.get)
export function setBrightness(next: Brightness): void {
  keptBrightness.set(next)
  showBrightness()
}

/** Lets the style sheets know; called once at the start and at every change. */
export function showBrightness(): void {
  document.documentElement.dataset.brightness = keptBrightness.get()
}

const font =
  "-apple-system, 'PingFang SC', 'HarmonyOS Sans SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', 'Source Han Sans SC', sans-serif"

const shared: ThemeConfig['token'] = {
  fontFamily: font,
  fontSize: 14,
  borderRadius: 6,
  controlHeight: 34,
  lineHeight: 1.6,
  wireframe: false,
  boxShadowTertiary: 'none',
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.16s',
}

const light: ThemeConfig['token'] = {
  colorPrimary: '#0f766e',
  colorLink: '#0b625b',
  colorInfo: '#1d5fa8',
  colorSuccess: '#1f7a3d',
  colorWarning: '#b45309',
  colorError: '#b42318',
  colorTextBase: '#23211d',
  colorBgLayout: '#f7f6f3',
  colorBorder: '#d6d2c9',
  colorBorderSecondary: '#e7e4dd',
  colorTextSecondary: '#5b564d',
  colorTextTertiary: '#6f695f',
  colorTextPlaceholder: '#7a7468',
  colorTextDescription: '#5b564d',
}

const dark: ThemeConfig['token'] = {
  colorPrimary: '#2ba398',
  colorLink: '#5cc9be',
  colorInfo: '#5b9bdc',
  colorSuccess: '#4caf6d',
  colorWarning: '#d98e2b',
  colorError: '#e5675b',
  colorTextBase: '#ece9e2',
  colorBgBase: '#1b1a18',
  colorBgContainer: '#211f1c',
  colorBgElevated: '#2a2824',
  colorBgLayout: '#171614',
  colorBorder: '#47433c',
  colorBorderSecondary: '#37342f',
  colorTextSecondary: '#b9b3a8',
  colorTextTertiary: '#a39c90',
  colorTextPlaceholder: '#8f887c',
}

/** Whoever asks for no motion gets none. */
const wantsMotion = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches

/** The look of Ant Design's components here: calm, warm grey, one teal, no shadows under cards. */
export function themeOf(brightness: Brightness): ThemeConfig {
  return {
    algorithm: brightness === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...shared, motion: wantsMotion(), ...(brightness === 'dark' ? dark : light) },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
      Table: {
        cellPaddingBlock: 8,
        cellPaddingBlockMD: 8,
        cellPaddingInline: 12,
        headerBg: 'transparent',
        headerSplitColor: 'transparent',
        headerColor: brightness === 'dark' ? '#b9b3a8' : '#5b564d',
        rowHoverBg: brightness === 'dark' ? '#282622' : '#f7f6f3',
      },
      Modal: { titleFontSize: 16 },
      Tabs: { horizontalItemGutter: 24 },
      Tooltip: { colorBgSpotlight: brightness === 'dark' ? '#3a3732' : '#33302a' },
    },
  }
}
