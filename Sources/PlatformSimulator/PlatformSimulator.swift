public import Primitives
import Synchronization

/// A provincial procurement platform to test against, with two faces on one server, `/zhejiang-drugs` and `/shanghai-drugs`, and beside
/// them the insurer's hall for prescriptions, `/service-hall`.
///
/// What it knows is kept in memory and goes with it. Nothing happens between requests: what suppliers do and what time ends
/// happens when somebody asks, as of the moment it was due.
public final class PlatformSimulator: Sendable {
    private let reception: Reception
    private let listener = Mutex<Listener?>(nil)

    public init(_ options: SimulatorOptions, time: TimeSource = .system) {
        reception = Reception(options, time: time)
    }

    /// Begins to serve; ``stop()`` must follow. It knows what it knew when it was stopped before.
    ///
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - certificate: PEM of the certificate with those that lead to its authority, and of its key; nil serves without TLS.
    /// - Returns: the port.
    /// - Throws: what the network says when it cannot listen, or the TLS library about the certificate.
    public func start(
        host: String = "127.0.0.1", port: Int = 0, certificate: (chain: String, key: String)? = nil
    ) async throws -> Int {
        let started = try await Listener(reception, host: host, port: port, certificate: certificate)
        reception.whenTakenDown { [weak started] in started?.takeDown(milliseconds: $0) }
        let former = listener.withLock { listener in
            defer { listener = started }
            return listener
        }
        precondition(former == nil, "a simulator serves once at a time")
        return started.port
    }

    /// Stops listening and closes every connection.
    public func stop() async {
        let former = listener.withLock { listener in
            defer { listener = nil }
            return listener
        }
        await former?.stop()
    }

    /// What the platform knows now.
    public func statement() -> SimulatorStatement {
        let premises = reception.snapshot()
        let platform = premises.platform
        return SimulatorStatement(
            orders: platform.orders.indices.map { platform.told(order: $0) },
            deliveries: platform.shipments.indices.map { platform.told(shipment: $0) },
            invoices: platform.invoices.indices.map { platform.told(invoice: $0) },
            returns: platform.returns.indices.map { platform.told(goodsReturn: $0) },
            settlements: platform.settlements.indices.map { platform.told(settlement: $0) },
            agreedVolumes: platform.toldAgreedVolumes(), requests: premises.requests, faults: premises.dice.counts)
    }

    /// The prescriptions that the service hall knows, in the order in which it was told.
    public func prescriptions() -> [SimulatedPrescription] { reception.snapshot().hall.told }

    /// Lets a pharmacy fill a prescription of the service hall, by the insurer's number; nothing happens when it is not valid.
    public func usePrescription(insurerNumber: String) { reception.use(insurerNumber: insurerNumber) }
    /// What the insurer was told.
    var insurerBook: InsurerBook { reception.snapshot().insurer }

    /// Replaces the rates of all faults: of 10,000 requests or connections.
    public func setFaults(_ rates: [SimulatorFault: Int]) { reception.setFaults(rates) }

    /// Lets everything happen that is due by now.
    public func advance() { _ = reception.snapshot() }
}
