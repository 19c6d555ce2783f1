/** Where recipients keep the address of each channel, and the keyed hash of it that expansion walks in order. */

/** Columns of `recipients`. Names of ours, fit to stand in a statement. */
export interface AddressColumns {
  readonly address: string;
  readonly key: string;
}

const ADDRESS_COLUMNS: Readonly<Record<string, AddressColumns>> = {
  whatsapp: { address: 'phone', key: 'whatsapp_key' },
  email: { address: 'email', key: 'email_key' },
};

/**
 * The columns of a channel.
 * @throws Error for one by which no recipient is reached
 */
export function addressColumns(channel: string): AddressColumns {
  const columns = Object.hasOwn(ADDRESS_COLUMNS, channel) ? ADDRESS_COLUMNS[channel] : undefined;
  if (!columns) throw new Error(`recipients have no address for the channel ${channel}`);
  return columns;
}
