/** A gRPC server behind a guard. */
@NullMarked
package com.example.grpc;

import org.jspecify.annotations.NullMarked;
