export { Database } from "./connection/database.ts";
export { createLedger, type Ledger } from "./ledger/create-ledger.ts";
export { type KeptReservation, keepReservation } from "./ledger/keep-reservation.ts";
export {
  type Account,
  type AccountEntries,
  type Holding,
  ledgerTimes,
  type RequestReading,
  type Reservation,
  type Reserved,
  type ReserveRequest,
} from "./ledger/ledger.ts";
export { type DatabaseRequest, openDatabase } from "./open-database.ts";
