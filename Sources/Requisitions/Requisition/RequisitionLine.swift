public import Primitives

/// One product of a requisition: what was there when it was filled in, what was suggested, requested and approved.
/// Every quantity is in base units.
public struct RequisitionLine: Sendable, Hashable {
    /// 1, 2, … within the requisition.
    public let number: Int
    public let product: ProductID
    /// Base units in the pack that quantities are whole numbers of.
    public let packSize: BaseUnits
    public let position: StockPosition
    /// Of instalments of long prescriptions that fall due.
    public let expectedRefills: BaseUnits
    /// Of long prescriptions that are expected to be renewed.
    public let expectedRenewals: BaseUnits
    /// In the ``periodDays`` before the day it was filled in, by all patients.
    public let consumed: BaseUnits
    /// The part of ``consumed`` that instalments of long prescriptions took.
    public let refillsConsumed: BaseUnits
    public let periodDays: Int
    public let stockOutDays: Int
    public let suggestion: Suggestion
    public var requested: BaseUnits
    /// `nil` until approved, and where nothing was requested.
    public var approved: BaseUnits?
    /// Why another quantity than suggested is requested.
    public var reason: String
    /// Why another quantity than requested is approved.
    public var approvalReason: String

    /// A line that requests what is suggested.
    init(number: Int, product: ProductID, figures: ProductFigures, suggestion: Suggestion) {
        self.number = number
        self.product = product
        packSize = figures.pack.size
        position = figures.position
        expectedRefills = figures.refills.untilMaximum.due
        expectedRenewals = figures.refills.untilMaximum.renewals
        consumed = figures.history.consumed + figures.refills.taken
        refillsConsumed = figures.refills.taken
        periodDays = figures.history.periodDays
        stockOutDays = figures.history.stockOutDays
        self.suggestion = suggestion
        requested = suggestion.quantity
        approved = nil
        reason = ""
        approvalReason = ""
    }
}

/// Whether a requested quantity is so far from the suggested one that it needs a reason: more than twice as much, or
/// nothing where something was suggested.
func isLargeDeviation(suggested: BaseUnits, requested: BaseUnits) -> Bool {
    requested.rawValue - suggested.rawValue > suggested.rawValue || (requested == 0 && suggested > 0)
}

/// Checks a quantity someone has entered.
///
/// - Throws: ``RequisitionsRefusal`` `requisitions.quantity-invalid`; then `requisitions.not-whole-packs`, whose detail
///   names the whole-pack quantities around it.
func check(_ quantity: BaseUnits, inPacksOf size: BaseUnits, field: String) throws(RequisitionsRefusal) {
    guard quantity >= 0, quantity <= BaseUnits.entryMax else {
        throw RequisitionsRefusal(.quantityInvalid, "\(quantity)", field: field)
    }
    guard quantity.rawValue % size.rawValue == 0 else {
        let below = quantity.rawValue / size.rawValue * size.rawValue
        throw RequisitionsRefusal(
            .notWholePacks, "\(quantity) is not in whole packs of \(size): \(below) or \(below + size.rawValue)", field: field)
    }
}
