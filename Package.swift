// swift-tools-version: 6.2
import PackageDescription

// The architecture as a table: every module, lowest first, and what it may use.
// Loading this manifest fails when a module uses one that does not stand above it.

let common = ["Postgres", "Primitives"]
let domain = common + ["Codes", "Audit", "Commands", "Parties", "Identity"]

/// The C libraries, each behind a module map that only one module imports.
let libraries: [(name: String, pkgConfig: String, debian: String)] = [
    ("CPostgres", "libpq", "libpq-dev"),
    ("CCurl", "libcurl", "libcurl4-openssl-dev"),
    ("COpenSSL", "libcrypto", "libssl-dev"),
    ("CExpat", "expat", "libexpat1-dev"),
]

let modules: [(name: String, uses: [String])] = [
    ("Postgres", ["CPostgres"]),
    ("Curl", ["CCurl"]),
    ("ShangMi", ["COpenSSL"]),
    ("StrictXML", ["CExpat"]),
    ("EmbeddedPostgres", []),
    ("Primitives", ["Postgres"]),
    ("Codes", ["Primitives"]),
    ("PlatformMessages", ["Primitives", "ShangMi", "StrictXML"]),
    ("Migrations", ["Postgres"]),
    ("Audit", common),
    ("Commands", common),
    ("Outbox", common + ["Audit"]),
    ("Parties", common + ["Codes", "Audit"]),
    ("Identity", common + ["Parties"]),
    ("Formulary", domain),
    ("StockLedger", domain + ["Formulary"]),
    ("Stocktakes", domain + ["Formulary", "StockLedger"]),
    ("MedicationRules", domain + ["Formulary"]),
    ("Dispensing", domain + ["Formulary", "StockLedger", "MedicationRules"]),
    ("LongPrescriptions", domain + ["Formulary", "StockLedger", "MedicationRules", "Dispensing"]),
    ("Requisitions", domain + ["Formulary", "StockLedger", "LongPrescriptions"]),
    ("Prices", domain + ["Formulary"]),
    ("Tendering", domain + ["Formulary", "Prices"]),
    ("PooledProcurement", domain + ["Formulary", "Requisitions", "Prices", "Tendering"]),
    ("Distribution", domain + ["Formulary", "StockLedger", "PooledProcurement"]),
    (
        "PlatformExchange",
        domain + ["Curl", "Outbox", "PlatformMessages", "Formulary", "Tendering", "PooledProcurement", "Distribution"]
    ),
    (
        "InsuranceUploads",
        domain + ["Outbox", "PlatformMessages", "PlatformExchange", "Formulary", "StockLedger", "Dispensing", "Distribution"]
    ),
    (
        "RefillWarnings",
        domain + [
            "Formulary", "StockLedger", "Dispensing", "LongPrescriptions", "Requisitions", "PooledProcurement", "Distribution",
        ]
    ),
    ("PrescriptionFlow", domain + ["Formulary", "StockLedger", "Dispensing", "Requisitions"]),
    (
        "RefillSimulation",
        domain + ["Formulary", "StockLedger", "MedicationRules", "Dispensing", "LongPrescriptions", "Requisitions"]
    ),
    ("FHIR", domain + ["Formulary", "StockLedger", "MedicationRules", "Dispensing"]),
    (
        "PrescriptionUploads",
        domain + [
            "Outbox", "PlatformMessages", "PlatformExchange", "Formulary", "StockLedger", "MedicationRules", "Dispensing", "FHIR",
        ]
    ),
    ("PlatformSimulator", ["Primitives", "ShangMi", "StrictXML"]),
    ("Demonstration", domain + ["Formulary", "StockLedger", "Requisitions", "Prices"]),
    (
        "Web",
        domain + [
            "Outbox", "PlatformExchange", "InsuranceUploads", "Formulary", "StockLedger", "Stocktakes", "Requisitions", "Prices", "Tendering",
            "PooledProcurement", "Distribution", "MedicationRules", "Dispensing", "LongPrescriptions",
            "RefillWarnings", "PrescriptionFlow", "FHIR", "PrescriptionUploads",
        ]
    ),
]

/// Packages a module may use besides the modules above.
let products: [String: [Target.Dependency]] = [
    "Formulary": [.product(name: "Crypto", package: "swift-crypto")],
    "PlatformMessages": [.product(name: "Crypto", package: "swift-crypto")],
    "MedicationRules": [.product(name: "Crypto", package: "swift-crypto")],
    "Dispensing": [.product(name: "Crypto", package: "swift-crypto")],
    "PlatformSimulator": [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
    ],
    "Web": [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Mustache", package: "swift-mustache"),
    ],
]

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

var targets: [Target] = libraries.map { library in
    .systemLibrary(name: library.name, pkgConfig: library.pkgConfig, providers: [.apt([library.debian])])
}
for module in modules {
    let below = targets.map(\.name)
    for used in module.uses where !below.contains(used) {
        fatalError("\(module.name) uses \(used), which is not listed above it")
    }
    targets.append(
        .target(
            name: module.name,
            dependencies: module.uses.map { .init(stringLiteral: $0) } + (products[module.name] ?? []),
            swiftSettings: settings
        )
    )
}
targets.append(
    .executableTarget(
        name: "Lianyao",
        dependencies: modules.map { .init(stringLiteral: $0.name) } + [
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
            .product(name: "AsyncHTTPClient", package: "async-http-client"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "NIOCore", package: "swift-nio"),
            .product(name: "NIOHTTP1", package: "swift-nio"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        ],
        swiftSettings: settings
    )
)

/// What every test target may use: all modules, the shared fixtures and the HTTP client.
let testSupport = modules.map(\.name) + ["TestSupport"]

targets.append(
    .target(
        name: "TestSupport",
        dependencies: modules.map { .init(stringLiteral: $0.name) },
        path: "Tests/TestSupport",
        swiftSettings: settings
    )
)
let suites = [
    "PostgresTests", "CurlTests", "ShangMiTests", "StrictXMLTests", "EmbeddedPostgresTests", "PrimitivesTests", "CodesTests",
    "PlatformMessagesTests",
    "MigrationsTests", "AuditTests", "CommandsTests", "OutboxTests",
    "PartiesTests", "IdentityTests", "FormularyTests", "StockLedgerTests", "StocktakesTests", "MedicationRulesTests",
    "RequisitionsTests",
    "PricesTests", "TenderingTests",
    "PooledProcurementTests", "DistributionTests", "PlatformExchangeTests", "InsuranceUploadsTests", "DispensingTests",
    "LongPrescriptionsTests", "RefillWarningsTests",
    "PrescriptionFlowTests", "RefillSimulationTests", "FHIRTests", "PrescriptionUploadsTests", "PlatformSimulatorTests", "WebTests",
    "ScenarioTests",
    "LayoutTests",
]
/// What tests run with Python, by suite.
let scripts = [
    "CodesTests": ["independent.py"], "PlatformMessagesTests": ["independent.py", "independent_hall.py"],
    "ShangMiTests": ["independent.py"],
    "WebTests": ["FHIR/validate.py"], "PrescriptionUploadsTests": ["read_pdf.py"],
]
/// What tests read as text, by suite.
let texts = ["PlatformMessagesTests": ["Answers", "Golden"]]
/// What a server is made of whose every byte a test decides.
let servers: [Target.Dependency] = [
    .product(name: "NIOPosix", package: "swift-nio"),
    .product(name: "NIOSSL", package: "swift-nio-ssl"),
    .product(name: "NIOHTTP2", package: "swift-nio-http2"),
]
for suite in suites {
    targets.append(
        .testTarget(
            name: suite,
            dependencies: testSupport.map { .init(stringLiteral: $0) } + [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ] + (suite == "ScenarioTests" ? ["Lianyao"] : [])
                + (["CurlTests", "PlatformSimulatorTests"].contains(suite) ? servers : []),
            exclude: (scripts[suite] ?? []) + (texts[suite] ?? []),
            swiftSettings: settings
        )
    )
}

let package = Package(
    name: "lianyao",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "lianyao", targets: ["Lianyao"]),
        .library(name: "Postgres", targets: ["Postgres"]),
        .library(name: "EmbeddedPostgres", targets: ["EmbeddedPostgres"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: targets,
    swiftLanguageModes: [.v6]
)
