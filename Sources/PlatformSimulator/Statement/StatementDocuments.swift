public import Primitives

extension SimulatorStatement {
    /// What was delivered of an order line under one lot.
    public struct Delivery: Sendable, Codable, Equatable {
        public enum State: String, Sendable, Codable {
            case waiting, accepted, rejected
        }

        public var face: SimulatorFace
        /// `shpId` or `PSMXBH`.
        public var id: String
        /// The order line's ``SimulatorStatement/Line/id``.
        public var line: String
        public var packs: Int64
        public var lot: String
        public var state: State
        /// Packs accepted.
        public var received: Int64
        /// Packs on their way back, and back.
        public var returned: Int64
    }

    public struct Invoice: Sendable, Codable, Equatable {
        public var face: SimulatorFace
        /// `invoiceId` or `FPID`.
        public var id: String
        /// `invoiceCode` or `FPH`.
        public var number: String
        public var supplier: String
        /// With tax; negative for a return.
        public var total: Money
        public var isAccepted: Bool
        public var isPaid: Bool
    }

    public struct Return: Sendable, Codable, Equatable {
        public enum State: String, Sendable, Codable {
            case draft, void, asked, agreed, refused
        }

        public var face: SimulatorFace
        /// `retnId` or `THDBH`.
        public var id: String
        public var supplier: String
        public var product: String
        public var lot: String
        public var packs: Int64
        public var state: State
    }

    /// Zhejiang only.
    public struct Settlement: Sendable, Codable, Equatable {
        public enum State: String, Sendable, Codable {
            case draft, submitted, passed
        }

        /// `payOrdId`.
        public var id: String
        public var supplier: String
        /// What is to be paid.
        public var total: Money
        public var state: State
    }

    public struct AgreedVolume: Sendable, Codable, Equatable {
        public var product: String
        public var supplier: String
        /// Packs agreed on.
        public var agreed: Int64
        /// Packs accepted and not returned.
        public var moved: Int64
    }
}
