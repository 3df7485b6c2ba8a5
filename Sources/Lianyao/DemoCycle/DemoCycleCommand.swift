import ArgumentParser
import Migrations
import Primitives

/// Drives the whole main job through a running server, as its users would.
struct DemoCycleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cycle",
        abstract:
            "Runs the main job through a running server: request, pool, tender, order, push to two simulated platforms, receive, pay, dispense, verify."
    )

    @OptionGroup var options: DatabaseOptions

    @Option(help: "The running server.")
    var server = "http://127.0.0.1:8080"

    @Option(name: .customLong("consortium"), help: "Codes of the demonstration consortia that take part.")
    var consortia = ["hangjin-renmin", "hangjin-mengyi"]

    @Option(help: "How many seconds a tender takes bids, 5 to 600; more on a machine that is busy.")
    var biddingSeconds = 10

    func validate() throws {
        guard (5...600).contains(biddingSeconds) else { throw ValidationError("--bidding-seconds is from 5 to 600.") }
    }

    func run() async throws {
        let (home, place) = (try Home.find(option: options.home), try options.place())
        try await interruptibly {
            let defects = try await place.useMigrated(by: Migrator(directory: home.migrations)) { conninfo in
                try await withDatabase(conninfo, as: DatabaseRole.application, connections: 4) { database in
                    try await DemoPlatforms.lend(database, home: home, consortia: consortia) { platforms in
                        for consortium in consortia {
                            try await platforms.register(consortium)
                            let client = DemoClient(server: server, consortium: consortium)
                            try await DemoCycle(client: client, biddingSeconds: biddingSeconds, platforms: platforms).run()
                            try await platforms.register(consortium, isActive: false)
                        }
                    }
                }
                return try await withDatabase(conninfo, as: DatabaseRole.owner) { owner in
                    try await Verification(directory: home.verify).defects(in: owner)
                }
            }
            for defect in defects { Terminal.say("\(defect)") }
            guard defects.isEmpty else { throw CommandFailure("verify: \(defects.count) queries returned rows.") }
            Terminal.say("verify: no row")
        }
    }
}
