// Written by `npm run tables` from the migrated database.

/** What pharmacy may name in SQL: its own tables and views, and the earlier modules' views that its store joins. */
export type PharmacyTables = {
  'pharmacy.medicine': {
    id: string
    name: string
    form: string
    strength: string
    category: string
    chronic: boolean
  }
  'pharmacy.searchKey': {
    key: string
    medicineId: string
  }
  'pharmacy.stock': {
    institutionId: string
    medicineId: string
    state: 'inStock' | 'canOrder' | 'notHeld'
    confirmedAt: Date
  }
}
