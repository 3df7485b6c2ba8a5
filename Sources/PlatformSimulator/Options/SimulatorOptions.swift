public import Primitives

/// What a simulated platform knows, how it behaves where the sources do not tell, and what goes wrong.
public struct SimulatorOptions: Sendable {
    /// All chance follows from it: the same requests in the same order meet the same faults and the same suppliers.
    public var seed: UInt64 = 1
    /// Who may call, on either face.
    public var accounts: [SimulatorAccount] = []
    /// What may be ordered, on either face.
    public var products: [SimulatorProduct] = []
    /// Names by the code a message carries (`YQBM`, `delventpCode`).
    public var suppliers: [String: String] = [:]
    /// Names by the code a message carries (`PSDBM`, `addrId`).
    public var deliveryPoints: [String: String] = [:]
    /// Whether codes of products, suppliers and delivery points that are not listed here are good. The price of a product
    /// that is not listed is not checked.
    public var acceptsUnknownCodes = false
    /// What was agreed to be bought in packs under volume-based procurement.
    public var agreedVolumes: [SimulatorAgreedVolume] = []
    public var suppliersSide = SupplierBehaviour()

    /// The number before the first that the platform hands out, below 10¹¹: two simulators that serve the same customers one after
    /// the other must not repeat each other's.
    public var serialBase: Int64 = 0

    /// How often each fault comes: of 10,000 requests, or of 10,000 connections for the two that are met before a request.
    /// Each is drawn for itself, so several may come together.
    public var faults: [SimulatorFault: Int] = [:]
    /// Faults at chosen requests, besides those by chance.
    public var script: [ScriptedFault] = []
    /// How faults look.
    public var faultDetails = FaultDetails()

    public var zhejiang = ZhejiangOptions()
    public var shanghai = ShanghaiOptions()
    public var hall = ServiceHallOptions()
    public var insurer = InsurerOptions()

    /// The largest body that is read, in bytes; a larger one is answered 413.
    public var bodyBytesMax = 8 << 20
    /// Threads that serve.
    public var threads = 1

    public init() {}

    /// A ``serialBase`` beyond what a simulator begun earlier has handed out, if that was less than a hundred numbers a second; until 2057.
    public static func serialBase(at now: Instant) -> Int64 { max(0, now.microseconds / 1_000_000 - 1_767_225_600) * 100 }
}

/// How faults look on the wire.
public struct FaultDetails: Sendable {
    /// Between two pieces of a slow answer.
    public var slowMilliseconds = 50
    /// Into how many pieces the head or the body of a slow answer is cut.
    public var slowPieces = 8
    /// Said with 429 and 503.
    public var retryAfterSeconds = 1
    /// How long nobody listens after a refused connection; 0 leaves the listener up, and only the one connection is closed.
    public var downMilliseconds = 0
    /// How far the platform's clock is ahead under ``SimulatorFault/clockSkew``; negative when it is behind.
    public var skewSeconds = 600
    /// Rows that are inserted between two pages under ``SimulatorFault/movingCursor``.
    public var movingRows = 1

    public init() {}
}
