/// How far ahead warnings look, and when things are expected about which nobody has said a day. They are parameters.
///
/// Source: own rules; no norm gives numbers. The horizon is the longest instalment of the national norm, and longer
/// than it takes to order.
public struct WarningTerms: Sendable, Hashable {
    /// Instalments that are due within so many days are looked at.
    public var horizonDays = 28
    /// Days before today over which the use of others is averaged.
    public var periodDays = 90
    /// Days from today until goods of another store of the consortium are there.
    public var transferDays = 3
    /// Days from sending an order until its goods are there where the supplier promised no day; from today for an order that
    /// is not sent yet.
    public var orderDays = 14
    /// Days from today until goods are there that were approved or pooled and are not ordered yet.
    public var requestDays = 21
    /// What did not come on its day is expected so many days after today.
    public var overdueDays = 7

    public init() {}

    public static let standard = WarningTerms()
}
