package com.example.util;

/** Lives where no class of the house may. */
public class Offender {}
