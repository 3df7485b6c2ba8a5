public import Primitives

/// What a platform knows at one moment, to be held against what others believe.
public struct SimulatorStatement: Sendable, Codable {
    /// In the order they were filled, of both faces.
    public var orders: [Order]
    public var deliveries: [Delivery]
    public var invoices: [Invoice]
    public var returns: [Return]
    public var settlements: [Settlement]
    public var agreedVolumes: [AgreedVolume]
    /// Requests by operation, also those that a fault kept from being done.
    public var requests: [String: Int]
    /// Faults that took place.
    public var faults: [SimulatorFault: Int]

    public struct Order: Sendable, Codable, Equatable {
        public enum State: String, Sendable, Codable {
            case draft, sent, void, closed
        }

        public var face: SimulatorFace
        /// Theirs: `purcCode` or `DDBH`.
        public var number: String
        /// Ours: `YYJHDH`, or what stands before the last stroke in the lines' `hospPurcDetlId`.
        public var hospitalKey: String
        public var state: State
        public var lines: [Line]
    }

    public struct Line: Sendable, Codable, Equatable {
        public enum State: String, Sendable, Codable {
            /// The order has not been sent.
            case draft
            /// Sent; the supplier has not answered.
            case awaiting
            case confirmed
            case refused
            case partlyShipped = "partly-shipped"
            /// All that was ordered is delivered, or more.
            case shipped
            /// All that was delivered is accepted or refused, and nothing more will come.
            case received
            case void
            /// Ended by the platform before all of it was delivered.
            case closed
        }

        /// Theirs: `purcPlanDetId` or `DDMXBH`.
        public var id: String
        /// Ours: `hospPurcDetlId` or `SXH`.
        public var key: String
        public var product: String
        public var packs: Int64
        public var price: Money
        public var state: State
        /// Packs delivered.
        public var shipped: Int64
        /// Packs accepted.
        public var received: Int64
    }
}
