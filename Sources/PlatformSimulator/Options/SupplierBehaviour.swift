/// What suppliers do with orders, by chance out of 10,000 and after delays in milliseconds.
///
/// As it stands they confirm everything, deliver it whole and invoice it, all at once.
public struct SupplierBehaviour: Sendable {
    /// Lines that are refused, each for one of the ``reasons``.
    public var refuses = 0
    /// Not empty while ``refuses`` is above 0.
    public var reasons = ["缺货", "停产", "价格有误"]
    /// Lines that are confirmed and never delivered.
    public var forgets = 0
    /// Lines that are delivered in two parts, if they have more than one pack.
    public var shipsInParts = 0
    /// Lines of which another quantity is delivered: one pack more, or one less if there are more than one.
    public var shipsOtherQuantity = 0
    /// Lines whose invoice names another lot than their delivery.
    public var shipsOtherLot = 0
    /// Delivery notes that are invoiced.
    public var invoices = 10_000
    /// Whether a delivery note is invoiced once all of it is accepted or refused, for what was accepted alone.
    public var invoicesAfterReceipt = false
    /// Lines of invoices at another price than was ordered: a tenth of a yuan more.
    public var invoicesOtherPrice = 0
    /// Lines of invoices for one pack more than was delivered.
    public var invoicesOtherQuantity = 0
    /// Delivery notes that are invoiced a second time.
    public var invoicesTwice = 0
    /// Returns that are agreed to; the others are refused.
    public var agreesToReturns = 10_000

    /// From sending the order to the answer.
    public var answerDelay: ClosedRange<Int64> = 0...0
    /// From the answer to the delivery.
    public var shipDelay: ClosedRange<Int64> = 0...0
    /// From the first part to the second.
    public var partDelay: ClosedRange<Int64> = 0...0
    /// From the delivery to the invoice.
    public var invoiceDelay: ClosedRange<Int64> = 0...0
    /// From the return to the answer.
    public var returnDelay: ClosedRange<Int64> = 0...0

    public init() {}
}
