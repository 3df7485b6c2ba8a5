import LongPrescriptions
import Postgres
import Primitives

/// What instalments and renewals of long prescriptions will take, as far as it is known on a day.
struct RefillForecast {
    private let transaction: Transaction
    private let consortium: ConsortiumID
    private let today: CalendarDate
    private let adherence: AdherenceFactor
    private let renewal: RenewalShare

    init(_ transaction: Transaction, of consortium: ConsortiumID, on today: CalendarDate) throws {
        self.transaction = transaction
        self.consortium = consortium
        self.today = today
        adherence = try AdherenceFactor.read(transaction, of: consortium, on: today)
        renewal = try RenewalShare.read(transaction, of: consortium, on: today)
    }

    /// What the patients of a store will collect within some days: what falls due in them, and what is overdue, for as long as
    /// it may still be collected. Some come before the due day and some after it.
    func needs(at store: StoreID, days: Int) throws -> [ProductID: RefillFigures.Need] {
        let through = today.adding(days: days)
        let due = try DueInstalments(transaction, of: consortium).need(
            at: store, from: today.adding(days: -InstalmentTerms.graceDaysMost), through: through)
        let renewals = try ExpectedRenewals(transaction, of: consortium).needs(at: store, today: today, through: through)
        let products = Set(due.keys).union(renewals.keys)
        return Dictionary(
            uniqueKeysWithValues: products.map { product in
                (
                    product,
                    RefillFigures.Need(
                        due: adherence.expected(of: due[product] ?? 0), renewals: renewal.expected(of: renewals[product] ?? 0))
                )
            })
    }
}
