import ArgumentParser
import PlatformSimulator
import Primitives

/// A provincial platform to try the exchange against.
struct PlatformSimulatorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "platform-simulator",
        abstract: "Serves two simulated provincial platforms, with suppliers and, if asked for, faults.",
        discussion: """
            /zhejiang-drugs speaks signed JSON, /shanghai-drugs SOAP. Any product, supplier and delivery point is known. What it knows \
            is in memory: GET /simulator/statement shows it, POST /simulator/faults sets how often each fault comes.
            """)

    @Option(help: "The address it listens on.")
    var host = "127.0.0.1"

    @Option(help: "The port; 0 for any that is free.")
    var port = 8090

    @Option(help: "The institution that may call, which is its user's name as well.")
    var institution = "H33010200001"

    @Option(help: "Its secret and password.")
    var secret = "simulator"

    @Option(help: "How often each fault comes, of 10,000 requests.")
    var faults = 0

    @Option(help: "Lines that suppliers refuse, of 10,000.")
    var refuses = 0

    @Option(help: "Lines that suppliers deliver in parts, of 10,000.")
    var inParts = 0

    @Option(help: "The seed from which faults and suppliers follow.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is from 0 to 65535.") }
        guard [faults, refuses, inParts].allSatisfy({ (0...10_000).contains($0) }) else {
            throw ValidationError("Rates are from 0 to 10000.")
        }
    }

    func run() async throws {
        var options = SimulatorOptions()
        options.seed = seed
        options.acceptsUnknownCodes = true
        options.serialBase = SimulatorOptions.serialBase(at: TimeSource.system.now)
        options.accounts = [
            SimulatorAccount(user: institution, secret: secret, appCode: secret, authCode: secret, institution: institution)
        ]
        options.suppliersSide.refuses = refuses
        options.suppliersSide.shipsInParts = inParts
        if faults > 0 { options.faults = Dictionary(uniqueKeysWithValues: SimulatorFault.allCases.map { ($0, faults) }) }
        let (simulator, host, port) = (PlatformSimulator(options), host, port)
        try await interruptibly {
            let port = try await simulator.start(host: host, port: port)
            Terminal.say("simulated platforms on http://\(host):\(port)/zhejiang-drugs and /shanghai-drugs. Ctrl-C stops them.")
            do { while true { try await Task.sleep(for: .seconds(3_600)) } } catch {
                await simulator.stop()
                throw error
            }
        }
    }
}
