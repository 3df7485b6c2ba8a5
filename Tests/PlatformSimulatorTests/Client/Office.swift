import Crypto
import Foundation
import PlatformSimulator
import Primitives
import ShangMi
import StrictXML
import Testing

/// A hospital's office with a simulator to speak to.
final class Office {
    static let account = SimulatorAccount(
        user: "H330001", secret: "a shared secret", appCode: "app-1", authCode: "auth-1", institution: "H330001")
    static let other = SimulatorAccount(
        user: "H330002", secret: "another secret", appCode: "app-2", authCode: "auth-2", institution: "H330002")

    /// Two products, two suppliers, one delivery point.
    static var options: SimulatorOptions {
        var options = SimulatorOptions()
        options.accounts = [account, other]
        options.products = [
            SimulatorProduct(code: "XN0001", name: "阿莫西林胶囊", price: Money(tenThousandths: 125_000)),
            SimulatorProduct(code: "XN0002", name: "二甲双胍片", price: Money(tenThousandths: 30_075), suppliers: ["QY01"]),
        ]
        options.suppliers = ["QY01": "国药配送", "QY02": "华东配送"]
        options.deliveryPoints = ["PSD01": "中心药库"]
        return options
    }

    let simulator: PlatformSimulator
    let clock = Clock()
    let port: Int
    var account = Office.account
    var token = ""
    private(set) var wire: Wire

    private init(_ options: SimulatorOptions) async throws {
        simulator = PlatformSimulator(options, time: clock.source)
        port = try await Self.start(simulator, staysBelow: options.faultDetails.downMilliseconds > 0)
        wire = try Wire(port)
    }

    /// - Parameter staysBelow: whether the port is below those that outgoing connections take: while nobody listens on it, none of
    ///   them sits there, not even one to itself.
    private static func start(_ simulator: PlatformSimulator, staysBelow: Bool) async throws -> Int {
        for _ in 0..<(staysBelow ? 100 : 0) {
            if let port = try? await simulator.start(port: .random(in: 20_000..<30_000)) { return port }
        }
        return try await simulator.start()
    }

    static func open(_ options: SimulatorOptions = Office.options, _ body: (Office) async throws -> Void) async throws {
        let office = try await Office(options)
        let result: Result<Void, any Error>
        do { result = .success(try await body(office)) } catch { result = .failure(error) }
        await office.simulator.stop()
        try result.get()
    }

    func reconnect() throws { wire = try Wire(port) }

    var statement: SimulatorStatement { simulator.statement() }
}
